using EdgeHost.Demo.Platform.Markup;
using Microsoft.Net.Http.Headers;

namespace EdgeHost.Demo.Platform.Assets;

internal static class AssetEndpoints
{
    public static void MapAssets(this IEndpointRouteBuilder routes) =>
        routes.MapRead("/assets/{**path}", IResult (HttpContext context, string path, string? v) =>
        {
            if (AssetFiles.Find(path) is not { } file)
            {
                return new PageResult(NotFoundPage.For());
            }

            // Only the link that names this very content may be kept for ever.
            context.Response.Headers.CacheControl = v == file.Hash ? "public, max-age=31536000, immutable" : "public, max-age=3600";
            return TypedResults.Bytes(file.Bytes, MediaType(path), entityTag: EntityTagHeaderValue.Parse($"\"{file.Hash}\""));
        });

    private static string MediaType(string path) => Path.GetExtension(path) switch
    {
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        _ => "application/octet-stream",
    };
}
