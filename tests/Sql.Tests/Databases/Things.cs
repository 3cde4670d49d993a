namespace CacheOrleans.Sql.Tests.Databases;

internal static class Things
{
    public const string Sql = """
        create table thing(id integer primary key, name text not null, flag boolean);
        insert into thing values (1, '대한민국 <é> "q"', true), (2, 'two', false), (3, 'three', null);
        """;
}
