namespace CacheOrleans.Silo.Http.Alerts;

/// <summary>What became of the message that <c>POST /api/alerts/test</c> asked for.</summary>
internal sealed record AlertTestView(Guid Id, IReadOnlyList<AlertDeliveryView> Deliveries)
{
    /// <summary>200 when every channel has taken it, 202 while one still tries, 502 when one has given it up, 409 when
    /// there is none.</summary>
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
