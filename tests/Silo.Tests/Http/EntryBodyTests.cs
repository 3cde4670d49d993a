using System.Text;
using CacheOrleans.Silo.Http;

namespace CacheOrleans.Silo.Tests.Http;

public sealed class EntryBodyTests
{
    [Theory]
    [InlineData("""{"name":"대한민국"}""")]
    [InlineData("1")]
    [InlineData(" null ")]
    public void CheckJson_ValidJson_IsAccepted(string text) =>
        Assert.Null(EntryBody.CheckJson(Encoding.UTF8.GetBytes(text)));

    [Theory]
    [InlineData("", "this is empty, which is not JSON.")]
    [InlineData("{\"a\":", "line 1")]
    [InlineData("{\n\"a\": x}", "line 2, byte 6")]
    [InlineData("1 2", "line 1, byte 3")]
    public void CheckJson_InvalidJson_SaysWhere(string text, string where) =>
        Assert.Contains(where, EntryBody.CheckJson(Encoding.UTF8.GetBytes(text)), StringComparison.Ordinal);

    [Fact]
    public void CheckJson_BeyondTheDepth_SaysSo() => Assert.Equal(
        "this is nested 65 levels deep; JSON here has at most 64.",
        EntryBody.CheckJson(Encoding.UTF8.GetBytes(new string('[', 65) + new string(']', 65))));

    [Fact]
    public void CheckJson_BytesThatAreNotText_AreRejected() =>
        Assert.Contains("UTF-8", EntryBody.CheckJson([(byte)'"', 0xFF, (byte)'"']), StringComparison.Ordinal);
}
