using System.Collections.Immutable;
using System.Globalization;
using System.Net.Http.Headers;

namespace StaticExport.Fetching;

/// <summary>What is taken over from an answer's status line and headers.</summary>
internal static class AnswerReading
{
    /// <summary>The failure that a status is; null when the answer is worth recording.</summary>
    public static FetchResult? FailureOf(HttpResponseMessage response, TimeProvider clock)
    {
        var status = (int)response.StatusCode;
        return status switch
        {
            >= 500 => FetchResult.Of(FetchFailureKind.ServerError, $"it answers {status}", RetryAfter(response, clock)),
            408 or 425 or 429 => FetchResult.Of(FetchFailureKind.Throttled, $"it answers {status}: raise --delay or lower --concurrency", RetryAfter(response, clock)),
            421 => FetchResult.Of(FetchFailureKind.InvalidAnswer, "it answers 421: the origin does not serve this host"),
            206 => FetchResult.Of(FetchFailureKind.InvalidAnswer, "it answers 206, a part that was not asked for"),
            301 or 302 or 303 or 307 or 308 when Value(response.Headers, "Location") is null => FetchResult.Of(FetchFailureKind.InvalidAnswer, $"it answers {status} without Location"),
            301 or 302 or 303 or 307 or 308 => null,
            >= 300 and < 400 => FetchResult.Of(FetchFailureKind.InvalidAnswer, $"it answers {status}, which no snapshot can repeat"),
            _ => null,
        };
    }

    /// <summary>The answer without its body.</summary>
    public static FetchedAnswer Head(HttpResponseMessage response, DateTimeOffset now)
    {
        var refused = ImmutableArray.CreateBuilder<string>();
        return new FetchedAnswer
        {
            Status = (int)response.StatusCode,
            ContentType = SendableHeaders.ContentType(Value(response.Content.Headers, "Content-Type")),
            Location = (int)response.StatusCode is >= 300 and < 400 or 201 ? SendableHeaders.Url(Value(response.Headers, "Location")) : null,
            LastModified = LastModified(Value(response.Content.Headers, "Last-Modified")),
            Headers = SendableHeaders.Of(All(response), refused),
            CapturedAt = now,
            IsCloseDelimited = response.Version.Major == 1 && response.Headers.TransferEncodingChunked != true && !response.Content.Headers.NonValidated.Contains("Content-Length"),
            Reservation = Reservation(response),
            Refused = refused.ToImmutable(),
        };
    }

    private static string? Reservation(HttpResponseMessage response)
    {
        var control = Value(response.Headers, "Cache-Control") ?? "";
        var reasons = new List<string>();
        foreach (var directive in control.Split(',', StringSplitOptions.TrimEntries))
        {
            var name = directive.Split('=')[0].ToLowerInvariant();
            if (name is "private" or "no-store")
            {
                reasons.Add(name);
            }
        }

        if ((Value(response.Headers, "Vary") ?? "").Split(',', StringSplitOptions.TrimEntries).Any(name => name.Equals("Cookie", StringComparison.OrdinalIgnoreCase) || name == "*"))
        {
            reasons.Add("vary by cookie");
        }

        return reasons.Count == 0 ? null : string.Join(", ", reasons);
    }

    private static TimeSpan? RetryAfter(HttpResponseMessage response, TimeProvider clock) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - clock.GetUtcNow(),
        _ => null,
    };

    private static DateTimeOffset? LastModified(string? value) =>
        DateTimeOffset.TryParseExact(value, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    private static IEnumerable<KeyValuePair<string, string>> All(HttpResponseMessage response) =>
        response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated).Select(header => KeyValuePair.Create(header.Key, string.Join(", ", header.Value)));

    private static string? Value(HttpHeaders headers, string name) => headers.NonValidated.TryGetValues(name, out var values) ? string.Join(", ", values) : null;
}
