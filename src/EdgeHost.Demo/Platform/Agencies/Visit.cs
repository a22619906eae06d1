namespace EdgeHost.Demo.Platform.Agencies;

/// <summary>Whose website a request is for, and under which address the visitor sees it.</summary>
internal sealed record Visit(Agency Agency, string BaseUrl)
{
    public string Absolute(string path) => BaseUrl + path;

    public static Visit Of(HttpContext context) =>
        context.Features.Get<Visit>() ?? throw new InvalidOperationException("The agency middleware has not run.");
}
