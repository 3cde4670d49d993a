using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace CacheOrleans.Silo.Tests.Http;

public sealed class EntryApiTests(HostFixture fixture) : IClassFixture<HostFixture>
{
    private const string Country = "/api/caches/country/entry";

    [Fact]
    public async Task Get_ColdThenWarm_ShowsTheSource()
    {
        using var cold = await fixture.Http.GetAsync($"{Country}?code=KR");
        using var warm = await fixture.Http.GetAsync($"{Country}?code=KR");

        Assert.Equal("fallback", cold.Headers.GetValues("X-Cache").Single());
        Assert.Equal("memory", warm.Headers.GetValues("X-Cache").Single());
        Assert.Equal("country/v1?code=KR", warm.Headers.GetValues("X-Cache-Key").Single());
        Assert.Equal(
            "sandbox; default-src 'none'", warm.Headers.GetValues("Content-Security-Policy").Single());
        Assert.InRange(warm.Headers.Age!.Value, TimeSpan.Zero, TimeSpan.FromSeconds(60));
        Assert.Contains("대한민국", await warm.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_NoSuchRow_IsNotFound()
    {
        using var answer = await fixture.Http.GetAsync($"{Country}?code=none");

        Assert.Equal("fallback", answer.Headers.GetValues("X-Cache").Single());
        Assert.Contains("country/v1?code=none", await ProblemAsync(answer, 404), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Head_ReturnsTheHeadersOfGet_AndNoBody()
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, $"{Country}?code=FR");
        using var answer = await fixture.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("country/v1?code=FR", answer.Headers.GetValues("X-Cache-Key").Single());
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task PutThenDelete_WithAVersion_ChangesLaterReads()
    {
        const string entry = $"{Country}?version=7&code=%ED%95%9C";
        using var put = await fixture.Http.PutAsync(entry, new StringContent("""{"a":"한국"}"""));
        var read = await fixture.Http.GetStringAsync(entry);
        using var delete = await fixture.Http.DeleteAsync(entry);
        using var gone = await fixture.Http.GetAsync(entry);

        Assert.Equal(HttpStatusCode.NoContent, put.StatusCode);
        Assert.Equal("country/v7?code=%ED%95%9C", put.Headers.GetValues("X-Cache-Key").Single());
        Assert.Contains(put.Headers.GetValues("X-Cache-Write").Single(), new[] { "applied", "queued" });
        Assert.Equal("""{"a":"한국"}""", read);
        Assert.Equal(HttpStatusCode.NoContent, delete.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    [Theory]
    [InlineData("", "code")]
    [InlineData("?kode=1", "code")]
    [InlineData("?code=1&extra=2", "extra")]
    [InlineData("?code=1&code=2", "code")]
    [InlineData("?CODE=1", "code")]
    [InlineData("?code=1&version=0", "version")]
    [InlineData("?code=1&version=x", "version")]
    [InlineData("?code=1&version=1&version=2", "version")]
    [InlineData("?code=a%0Ab", "AllowControlCharacters")]
    public async Task Get_QueryDoesNotFit_NamesTheMismatch(string query, string named)
    {
        using var answer = await fixture.Http.GetAsync(Country + query);

        Assert.Contains(named, await ProblemAsync(answer, 400), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_KeyOverTheLimit_NamesTheLimit()
    {
        using var answer = await fixture.Http.GetAsync($"{Country}?code={new string('x', 1100)}");

        Assert.Contains("Limits:MaxKeyLength", await ProblemAsync(answer, 400), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_UnknownCache_NamesTheKnownCaches()
    {
        using var answer = await fixture.Http.GetAsync("/api/caches/nope/entry?code=1");

        Assert.Contains("currency", await ProblemAsync(answer, 404), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Put_InvalidJson_SaysWhere()
    {
        using var answer = await fixture.Http.PutAsync($"{Country}?code=1", new StringContent("{"));

        Assert.Contains("line 1", await ProblemAsync(answer, 400), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Put_ValueOverTheLimit_NamesTheLimit(bool isChunked)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, $"{Country}?code=1");
        request.Content = new ByteArrayContent(Encoding.ASCII.GetBytes(new string('1', (1024 * 1024) + 1)));
        request.Headers.TransferEncodingChunked = isChunked;
        using var answer = await fixture.Http.SendAsync(request);

        Assert.Contains("Limits:MaxValueBytes", await ProblemAsync(answer, 413), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "/nope", 404)]
    [InlineData("GET", "/api/nope", 404)]
    [InlineData("POST", "/api/silos", 405)]
    [InlineData("POST", Country, 405)]
    public async Task AnyMethod_UnknownPath_IsAProblem(string method, string path, int status)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Accept.ParseAdd("text/csv");
        using var answer = await fixture.Http.SendAsync(request);

        await ProblemAsync(answer, status);
    }

    private static async Task<string> ProblemAsync(HttpResponseMessage answer, int status)
    {
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        return problem.TryGetProperty("detail", out var detail) ? detail.GetString()! : string.Empty;
    }
}
