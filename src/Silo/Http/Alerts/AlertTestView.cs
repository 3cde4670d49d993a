namespace CacheOrleans.Silo.Http.Alerts;

/// <summary>The result of the test message that <c>POST /api/alerts/test</c> requested.</summary>
internal sealed record AlertTestView(Guid Id, IReadOnlyList<AlertDeliveryView> Deliveries)
{
    /// <summary>Returns 200 if every channel has delivered the message, 202 while a channel is still trying, 502 if a
    /// channel has given up, and 409 if there is no channel.</summary>
    public static IResult Answer(AlertTest test)
    {
        var view = new AlertTestView(test.Id, AlertDeliveryView.Of(test.Deliveries));
        if (test.Deliveries.Count == 0)
        {
            return Results.Problem(
                "There is no channel: Alerts:Slack:WebhookUrl is not set, and Alerts:Log is false.",
                statusCode: StatusCodes.Status409Conflict);
        }

        var givenUp = test.Deliveries.Where(delivery => delivery.State == AlertDeliveryState.GivenUp).ToList();
        return givenUp.Count > 0
            ? Results.Problem(
                string.Join(' ', givenUp.Select(delivery => $"{delivery.Channel}: {delivery.Error}")),
                statusCode: StatusCodes.Status502BadGateway,
                extensions: new Dictionary<string, object?>
                {
                    ["id"] = view.Id,
                    ["deliveries"] = view.Deliveries,
                })
            : Results.Json(
                view,
                statusCode: test.Deliveries.All(delivery => delivery.State == AlertDeliveryState.Delivered)
                    ? StatusCodes.Status200OK
                    : StatusCodes.Status202Accepted);
    }
}
