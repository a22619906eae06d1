namespace EdgeHost.Requests;

/// <summary>Request targets in absolute-form (RFC 9112 §3.2.2), which a server must accept: <c>GET http://www.example.org/path HTTP/1.1</c>.</summary>
internal static class AbsoluteForm
{
    /// <summary>
    /// The origin-form of a raw target. The server has already refused one whose authority is not the Host's.
    /// Null when it is neither form, or carries user information.
    /// </summary>
    public static string? ToOriginForm(string raw)
    {
        if (raw is ['/', ..])
        {
            return raw;
        }

        var scheme = raw.StartsWith("http://", StringComparison.OrdinalIgnoreCase) ? "http://"
            : raw.StartsWith("https://", StringComparison.OrdinalIgnoreCase) ? "https://"
            : null;
        if (scheme is null)
        {
            return null;
        }

        var authority = raw.AsSpan(scheme.Length);
        var end = authority.IndexOfAny('/', '?', '#');
        if ((end < 0 ? authority : authority[..end]).Contains('@'))
        {
            return null;
        }

        return end < 0 ? "/" : authority[end] == '/' ? authority[end..].ToString() : $"/{authority[end..]}";
    }
}
