using CacheOrleans.Sql.Statements;

namespace CacheOrleans.Sql.Tests.Statements;

public class SqlStatementTests
{
    [Theory]
    [InlineData("select 1", "")]
    [InlineData("select a from t where a = @a and b=@b or c = @a", "@a @b")]
    [InlineData("select '@x', 'it''s @x', @a", "@a")]
    [InlineData("select \"@x\" \"\"\"@x\", @a", "@a")]
    [InlineData("select @a -- @x\n, @b", "@a @b")]
    [InlineData("select @a /* @x */, @b /* @x", "@a @b")]
    [InlineData("select @a limit 1 ; -- @x", "@a")]
    public void Parameters_InEveryDialect_AreFound(string sql, string expected)
    {
        Assert.Equal(expected, string.Join(' ', SqlStatement.Parse(sql, SqlDialect.Sqlite).Parameters));
        Assert.Equal(expected, string.Join(' ', SqlStatement.Parse(sql, SqlDialect.Postgres).Parameters));
    }

    [Theory]
    [InlineData("select @a::int, tags @> @b, t @@ @c, q@@d", "@a @b @c")]
    [InlineData("select data @? '$.x', a <@ @b, @@ @c", "@b @c")]
    [InlineData("select $$ @x $$, $tag$ @x $$ @x $tag$, @a", "@a")]
    [InlineData("select /* /* @x */ @x */ @a", "@a")]
    [InlineData("select E'it\\'s @x', e'\\\\', @a, name'@x'", "@a")]
    [InlineData("select items[@a], mail like 'a@x'", "@a")]
    [InlineData("select foo$1 from t where a = $1", "$1")]
    [InlineData("select a::text, b ? 'c', x[1:n] from t where a = @a", "@a")]
    public void Parameters_InPostgres_AreFound(string sql, string expected) =>
        Assert.Equal(expected, string.Join(' ', SqlStatement.Parse(sql, SqlDialect.Postgres).Parameters));

    [Theory]
    [InlineData("select [@x], `@x`, @a", "@a")]
    [InlineData("select /* /* @x */ @a", "@a")]
    [InlineData("select ?, ?2, :b, $c, @d", "? ?2 :b $c @d")]
    [InlineData("select 'it\\', @a", "@a")]
    public void Parameters_InSqlite_AreFound(string sql, string expected) =>
        Assert.Equal(expected, string.Join(' ', SqlStatement.Parse(sql, SqlDialect.Sqlite).Parameters));

    [Fact]
    public void ToPositional_RepeatedParameter_KeepsItsNumber() =>
        Assert.Equal(
            "select $1, '@a', $2 where x = $1",
            SqlStatement.Parse("select @bee, '@a', @a where x = @bee", SqlDialect.Postgres).ToPositional());

    [Theory]
    [InlineData("select 1; select 2", "more than one statement")]
    [InlineData("select 1; -- fine\n drop table t", "more than one statement")]
    [InlineData(" \n", "empty")]
    public void Parse_NotOneStatement_SaysSo(string sql, string expected) =>
        Assert.Contains(
            expected,
            Assert.Throws<ArgumentException>(() => SqlStatement.Parse(sql, SqlDialect.Postgres)).Message,
            StringComparison.Ordinal);
}
