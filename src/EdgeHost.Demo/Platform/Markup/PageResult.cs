using System.Text;
using EdgeHost.Demo.Platform.Agencies;

namespace EdgeHost.Demo.Platform.Markup;

internal sealed class PageResult(Page page) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var body = Encoding.UTF8.GetBytes(PageFrame.Around(page, Visit.Of(httpContext)).Text);
        var response = httpContext.Response;
        response.StatusCode = page.Status;
        response.ContentType = "text/html; charset=utf-8";
        response.ContentLength = body.Length;
        response.Headers.CacheControl = page.Private ? "no-store" : "no-cache";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Referrer-Policy"] = "strict-origin-when-cross-origin";
        return response.Body.WriteAsync(body, httpContext.RequestAborted).AsTask();
    }
}
