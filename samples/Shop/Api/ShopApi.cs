using CacheOrleans.Shop.Answers;
using CacheOrleans.Shop.Changes;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CacheOrleans.Shop.Api;

/// <summary>The shop as JSON. The header <c>X-Answer</c> says where an answer came from.</summary>
internal static class ShopApi
{
    public static void MapShopApi(this WebApplication app)
    {
        var api = app.MapGroup("/api");
        api.MapGet("/categories", CategoriesAsync);
        api.MapGet("/categories/{name}", CategoryAsync);
        api.MapGet("/products/{id:int}", ProductAsync);
        api.MapGet("/products/{id:int}/stock", StockAsync);
        api.MapPut("/products/{id:int}/price", SetPriceAsync);
        api.MapPost("/products/{id:int}/orders", OrderAsync);
        api.MapGet("/answers", (AnswerLog answers, ClientMeters meters) =>
            TypedResults.Ok(new { answers.Latest, Counters = meters.Read() }));
    }

    private static async Task<IResult> CategoriesAsync(
        Storefront shop, HttpContext context, CancellationToken cancellationToken) =>
        Answer(context, await shop.CategoriesAsync(cancellationToken));

    private static async Task<IResult> CategoryAsync(
        string name, Storefront shop, HttpContext context, CancellationToken cancellationToken)
    {
        var products = await shop.ProductsAsync(name, cancellationToken);
        return products.Value.Count > 0 ? Answer(context, products) : NotFound($"There is no category '{name}'.");
    }

    private static async Task<IResult> ProductAsync(
        int id, Storefront shop, HttpContext context, CancellationToken cancellationToken)
    {
        var product = await shop.FindAsync(id, cancellationToken);
        return product.Value is null ? NoProduct(id) : Answer(context, product);
    }

    private static async Task<IResult> StockAsync(
        int id, Storefront shop, HttpContext context, CancellationToken cancellationToken)
    {
        var product = await shop.FindAsync(id, cancellationToken);
        return product.Value is null ? NoProduct(id) : Answer(context, await shop.StockAsync(id, cancellationToken));
    }

    private static async Task<IResult> SetPriceAsync(
        int id, PriceChange? change, ShopChanges changes, CancellationToken cancellationToken) =>
        Rules.CheckPrice(change?.Price) is { } problem
            ? Invalid(problem)
            : Outcome(id, await changes.SetPriceAsync(id, change!.Price!.Value, cancellationToken));

    private static async Task<IResult> OrderAsync(
        int id, OrderRequest? order, ShopChanges changes, CancellationToken cancellationToken) =>
        Rules.CheckQuantity(order?.Quantity) is { } problem
            ? Invalid(problem)
            : Outcome(id, await changes.OrderAsync(id, order!.Quantity!.Value, cancellationToken));

    private static Ok<T> Answer<T>(HttpContext context, Answer<T> answer)
    {
        context.Response.Headers["X-Answer"] = Show.Source(answer.Source);
        return TypedResults.Ok(answer.Value);
    }

    private static IResult Outcome(int id, ChangeOutcome outcome) => outcome switch
    {
        ChangeOutcome.Done => TypedResults.NoContent(),
        ChangeOutcome.NoSuchProduct => NoProduct(id),
        ChangeOutcome.NotEnoughLeft => Problem(StatusCodes.Status409Conflict, "There are not so many left."),
        _ => throw new InvalidOperationException($"Unknown outcome {outcome}."),
    };

    private static ProblemHttpResult NoProduct(int id) => NotFound($"There is no product {id}.");

    private static ProblemHttpResult NotFound(string detail) => Problem(StatusCodes.Status404NotFound, detail);

    private static ProblemHttpResult Invalid(string detail) => Problem(StatusCodes.Status400BadRequest, detail);

    private static ProblemHttpResult Problem(int status, string detail) =>
        TypedResults.Problem(statusCode: status, detail: detail);
}
