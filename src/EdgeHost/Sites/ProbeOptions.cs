namespace EdgeHost.Sites;

/// <summary>How a site is asked whether it is well. A probe that can't be right is reported as a configuration error and turns nothing.</summary>
internal sealed class ProbeOptions
{
    /// <summary>The path, with its query if it has one. Default: <c>/</c>.</summary>
    public string Path { get; set; } = "/";

    /// <summary>The Host that is sent. Default: the site's first host.</summary>
    public string? Host { get; set; }

    /// <summary>Statuses that pass: <c>200</c> or <c>200-299</c>. Redirects are not followed. Default, when empty: 200-399.</summary>
    public List<string> Statuses { get; set; } = [];

    /// <summary>Text that must stand in the first 256 KiB of the body, so that an error page with status 200 fails. Compared as UTF-8, by letter and case. Default: none.</summary>
    public string? Text { get; set; }

    /// <summary>A header that must be there, <c>Name</c> or <c>Name: value</c>. Default: none.</summary>
    public string? Header { get; set; }
}
