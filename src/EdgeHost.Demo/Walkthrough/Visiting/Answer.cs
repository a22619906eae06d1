using System.Net;

namespace EdgeHost.Demo.Walkthrough.Visiting;

/// <summary>What a visitor gets, and the edge's word for where it came from.</summary>
internal sealed record Answer
{
    public required HttpStatusCode Status { get; init; }

    public required string Decision { get; init; }

    public required string? Location { get; init; }

    public required string MediaType { get; init; }

    public required byte[] Body { get; init; }

    /// <summary>The connection broke, or nothing came in time.</summary>
    public static Answer None(string why) => new()
    {
        Status = 0,
        Decision = $"no answer: {why}",
        Location = null,
        MediaType = "",
        Body = [],
    };

    public bool IsLive => Decision.StartsWith("live", StringComparison.Ordinal);

    /// <summary>Live as for every visitor: not one of the few who find out whether the platform is well again, nor of the first who get it back.</summary>
    public bool IsLiveForAll => Decision.StartsWith("live; reason=origin-usable", StringComparison.Ordinal);

    public bool IsSnapshot => Decision.StartsWith("snapshot", StringComparison.Ordinal);

    /// <summary>Null if a visitor could not tell the two apart; otherwise what differs.</summary>
    public string? DifferenceFrom(Answer before)
    {
        if (Status != before.Status)
        {
            return $"status {(int)Status}, before {(int)before.Status}";
        }

        if (Location != before.Location)
        {
            return $"leads to {Location}, before to {before.Location}";
        }

        if (MediaType != before.MediaType)
        {
            return $"is {MediaType}, before {before.MediaType}";
        }

        // The body of a redirect is nobody's to see.
        return Location is null && !Body.AsSpan().SequenceEqual(before.Body)
            ? $"body of {Body.Length} bytes differs from {before.Body.Length} before"
            : null;
    }
}
