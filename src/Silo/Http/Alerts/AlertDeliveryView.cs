namespace CacheOrleans.Silo.Http.Alerts;

/// <summary>The state of a message on one channel.</summary>
internal sealed record AlertDeliveryView(string Channel, string State, string? Error)
{
    public static IReadOnlyList<AlertDeliveryView> Of(IReadOnlyList<AlertDelivery> deliveries) =>
        [.. deliveries.Select(delivery => new AlertDeliveryView(
            delivery.Channel, Shown.Name(delivery.State), delivery.Error))];
}
