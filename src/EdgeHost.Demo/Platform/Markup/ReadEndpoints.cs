namespace EdgeHost.Demo.Platform.Markup;

internal static class ReadEndpoints
{
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>MapGet alone would answer HEAD with 405, which no website does.</summary>
    public static void MapRead(this IEndpointRouteBuilder routes, string pattern, Delegate handler) =>
        routes.MapMethods(pattern, Methods, handler);
}
