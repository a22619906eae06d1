using StaticExport.Capturing;
using StaticExport.Scoping;
using StaticExport.Volatility;

namespace StaticExport.Fetching;

/// <summary>Asks the origin until there is an answer that can be believed: with pauses, a bounded number of tries, and twice where a cut body would not show.</summary>
internal sealed class PatientOrigin(OriginClient client, FetchLimits limits, VolatilePatterns volatileParts, TimeProvider clock)
{
    // Larger bodies are compared by their hashes alone.
    private const long LargestLookedAt = 32 * 1024 * 1024;
    private const int MostReadings = 3;

    private readonly RequestPace pace = new(limits.Delay, clock);

    public async Task<FetchResult> FetchAsync(SiteView view, string target, CancellationToken cancellationToken)
    {
        var result = await FetchWithRetriesAsync(view, target, cancellationToken);
        return result.Answer is { IsCloseDelimited: true } answer ? await ConfirmAsync(answer, view, target, cancellationToken) : result;
    }

    private async Task<FetchResult> FetchWithRetriesAsync(SiteView view, string target, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            await pace.TurnAsync(cancellationToken);
            var result = await client.FetchAsync(view, target, cancellationToken);
            if (result.Failure is not { } failure)
            {
                return result;
            }

            var retry = RetryDecision.For(failure, tries, limits.Retries);
            if (!retry.Again)
            {
                return result;
            }

            await Task.Delay(retry.Pause, clock, cancellationToken);
        }
    }

    // A body that only the connection's end delimits may have been cut by the origin's death, and nothing in HTTP shows that.
    // Its format may: "</html>" at the end of a page. Where it can't, or where it says "cut", two readings must agree.
    private async Task<FetchResult> ConfirmAsync(FetchedAnswer first, SiteView view, string target, CancellationToken cancellationToken)
    {
        var readings = new List<Reading>();
        for (var next = first; ;)
        {
            var reading = new Reading(next, await ReadAsync(next.Body!, cancellationToken));
            if (!next.IsCloseDelimited || BodyEnds.Of(next.ContentType, reading.Content) == BodyEnd.Whole || readings.Any(earlier => Agree(earlier, reading)))
            {
                return FetchResult.Of(next);
            }

            readings.Add(reading);
            if (readings.Count == MostReadings)
            {
                return FetchResult.Of(
                    FetchFailureKind.Truncated,
                    $"its body has no length and no recognisable end, and {MostReadings} readings all differ: it was cut, or it is made anew each time; a volatile pattern can name what changes");
            }

            var again = await FetchWithRetriesAsync(view, target, cancellationToken);
            if (again.Answer is null)
            {
                return again;
            }

            next = again.Answer;
            if (next.Body is null)
            {
                return again;
            }
        }
    }

    private bool Agree(Reading one, Reading other) =>
        one.Answer.Status == other.Answer.Status
        && (one.Answer.Body!.Hash == other.Answer.Body!.Hash
            || (one.Content is not null && other.Content is not null && volatileParts.AreEqual(one.Answer.ContentType, one.Content, other.Content)));

    private static async Task<byte[]?> ReadAsync(SpooledBody body, CancellationToken cancellationToken) =>
        body.Length > LargestLookedAt ? null : await File.ReadAllBytesAsync(body.File, cancellationToken);

    private sealed record Reading(FetchedAnswer Answer, byte[]? Content);
}
