namespace EdgeHost.Demo.Platform.Visitors;

/// <summary>One address for one page: <c>/talents/</c> leads to <c>/talents</c>.</summary>
internal sealed class TrailingSlashMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        var path = context.Request.Path.ToUriComponent();
        if (path.Length > 1 && path.EndsWith('/') && (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method)))
        {
            // "//example.net/" must not become a link to another host.
            context.Response.Redirect($"/{path.Trim('/')}{context.Request.QueryString}", permanent: true);
            return Task.CompletedTask;
        }

        return next(context);
    }
}
