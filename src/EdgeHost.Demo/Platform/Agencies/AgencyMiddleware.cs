namespace EdgeHost.Demo.Platform.Agencies;

/// <summary>Chooses the agency by the Host header, as a multi-tenant platform does; the port says nothing about the tenant.</summary>
internal sealed class AgencyMiddleware(RequestDelegate next, AgencyDirectory agencies)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (agencies.Find(context.Request.Host) is not { } agency)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            context.Response.ContentType = "text/plain; charset=utf-8";
            return context.Response.WriteAsync("No website has this host name.\n", context.RequestAborted);
        }

        // The authority keeps its port: links have to lead back through whatever stands in front of the platform.
        context.Features.Set(new Visit(agency, $"{context.Request.Scheme}://{context.Request.Host.ToUriComponent()}"));
        return next(context);
    }
}
