namespace EdgeHost.Demo.Platform.Markup;

/// <summary>303: the form was taken, go and look there. The framework's own redirects would repeat the POST (307) or leave it open (302).</summary>
internal sealed class SeeOther(string path) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
        httpContext.Response.Headers.Location = path;
        httpContext.Response.Headers.CacheControl = "no-store";
        return Task.CompletedTask;
    }
}
