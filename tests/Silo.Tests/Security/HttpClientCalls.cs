using System.Net.Http.Json;
using System.Text.Json;

namespace CacheOrleans.Silo.Tests.Security;

/// <summary>Calls the API with headers that a test chooses.</summary>
internal static class HttpClientCalls
{
    public static async Task<HttpResponseMessage> SendAsync(
        this HttpClient http, string method, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        foreach (var (name, value) in headers)
        {
            Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        }

        return await http.SendAsync(request);
    }

    public static async Task<int> StatusAsync(
        this HttpClient http, string method, string path, params (string Name, string Value)[] headers)
    {
        using var answer = await http.SendAsync(method, path, headers);
        return (int)answer.StatusCode;
    }

    public static async Task<string> DetailAsync(this HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString()!;
}
