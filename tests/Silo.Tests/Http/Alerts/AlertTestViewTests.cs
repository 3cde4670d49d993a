using System.Text.Json;
using CacheOrleans.Silo.Http.Alerts;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CacheOrleans.Silo.Tests.Http.Alerts;

public sealed class AlertTestViewTests
{
    private static readonly Guid Id = new("11111111-2222-3333-4444-555555555555");
    private static readonly AlertDelivery Log = new("log", AlertDeliveryState.Delivered, null);

    [Fact]
    public async Task Answer_AllDelivered_IsOk()
    {
        var (status, json) = await AnswerAsync(Log, new("slack", AlertDeliveryState.Delivered, null));

        Assert.Equal(200, status);
        Assert.Equal(Id, json.GetProperty("id").GetGuid());
        Assert.Equal(
            """[{"channel":"log","state":"delivered","error":null},"""
                + """{"channel":"slack","state":"delivered","error":null}]""",
            json.GetProperty("deliveries").GetRawText());
    }

    [Fact]
    public async Task Answer_OneIsStillPending_IsAccepted()
    {
        var (status, json) = await AnswerAsync(Log, new("slack", AlertDeliveryState.Pending, null));

        Assert.Equal(202, status);
        Assert.Equal("pending", json.GetProperty("deliveries")[1].GetProperty("state").GetString());
    }

    [Fact]
    public async Task Answer_OneGaveUp_NamesItAndTheReason()
    {
        var (status, json) = await AnswerAsync(
            new("log", AlertDeliveryState.Pending, null),
            new("slack", AlertDeliveryState.GivenUp, "The answer was 404: no_service."));

        Assert.Equal(502, status);
        Assert.Equal("slack: The answer was 404: no_service.", json.GetProperty("detail").GetString());
        Assert.Equal(Id, json.GetProperty("id").GetGuid());
        Assert.Equal("givenUp", json.GetProperty("deliveries")[1].GetProperty("state").GetString());
    }

    [Fact]
    public async Task Answer_NoChannel_SaysWhatIsMissing()
    {
        var (status, json) = await AnswerAsync();

        Assert.Equal(409, status);
        Assert.Contains("Alerts:Slack:WebhookUrl", json.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    private static async Task<(int Status, JsonElement Json)> AnswerAsync(params AlertDelivery[] deliveries)
    {
        await using var services = new ServiceCollection().AddLogging().AddProblemDetails().BuildServiceProvider();
        using var body = new MemoryStream();
        var context = new DefaultHttpContext { RequestServices = services };
        context.Response.Body = body;

        await AlertTestView.Answer(new AlertTest(Id, deliveries)).ExecuteAsync(context);

        return (context.Response.StatusCode, JsonDocument.Parse(body.ToArray()).RootElement);
    }
}
