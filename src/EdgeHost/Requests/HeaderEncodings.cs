using System.Text;
using EdgeHost.Decisions;
using Microsoft.Net.Http.Headers;

namespace EdgeHost.Requests;

/// <summary>How Kestrel reads and writes each header's value: byte for byte.</summary>
internal static class HeaderEncodings
{
    /// <summary>As they are read; but for two that it would otherwise change or take too lightly.</summary>
    public static Encoding ForRequest(string name) =>
        name.Equals(HeaderNames.Connection, StringComparison.OrdinalIgnoreCase) ? ConnectionHeaderEncoding.Instance
        : name.Equals(HeaderNames.ContentLength, StringComparison.OrdinalIgnoreCase) ? ContentLengthEncoding.Instance
        : Encoding.Latin1;

    /// <summary>As they are written. Null, for ASCII, which costs Kestrel less, where a header's grammar has nothing else: names as Kestrel and the edge spell them, any other spelling costs a little more.</summary>
    public static Encoding? ForResponse(string name) =>
        ReferenceEquals(name, HeaderNames.ContentEncoding) || ReferenceEquals(name, HeaderNames.Vary) || ReferenceEquals(name, HeaderNames.LastModified) || ReferenceEquals(name, HeaderNames.AcceptRanges)
        || ReferenceEquals(name, EdgeHeaders.Decision) || ReferenceEquals(name, EdgeHeaders.CacheStatus) ? null : Encoding.Latin1;
}
