using System.Collections.Frozen;
using System.Net.Http.Headers;

namespace EdgeHost.Live;

/// <summary>Which of a client's headers an origin never sees.</summary>
internal static class RequestHeaders
{
    // Headers by which clients could claim what only a proxy may say, or have another path or method handled than the one that was decided about.
    private static readonly FrozenSet<string> Untrusted = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "Forwarded",
        "X-Forwarded-For",
        "X-Forwarded-Host",
        "X-Forwarded-Port",
        "X-Forwarded-Prefix",
        "X-Forwarded-Proto",
        "X-Forwarded-Scheme",
        "X-Forwarded-Server",
        "X-Forwarded-Ssl",
        "X-Forwarded-Uri",
        "X-Real-IP",
        "X-Client-IP",
        "X-Cluster-Client-IP",
        "True-Client-IP",
        "X-Original-URL",
        "X-Original-URI",
        "X-Original-Host",
        "X-Original-For",
        "X-Original-Proto",
        "X-Rewrite-URL",
        "X-Host",
        "X-HTTP-Method",
        "X-HTTP-Method-Override",
        "X-Method-Override",
        "Expect",
        "Front-End-Https",
        "Proxy",
        "Proxy-Connection");

    public static void RemoveUntrusted(IHeaderDictionary received, HttpRequestHeaders sent)
    {
        foreach (var (name, _) in received)
        {
            // CGI makes X_Forwarded_For and X-Forwarded-For the same variable.
            if (Untrusted.Contains(name.Contains('_', StringComparison.Ordinal) ? name.Replace('_', '-') : name))
            {
                sent.Remove(name);
            }
        }

        NominatedHeaders.RemoveFrom(sent, received.Connection.ToString());
    }
}
