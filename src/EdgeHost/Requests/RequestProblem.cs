using EdgeHost.SnapshotStore.Targets;

namespace EdgeHost.Requests;

/// <summary>Why a request target is refused, in words for its sender and for the log.</summary>
internal static class RequestProblem
{
    public static string Of(TargetError error) => error switch
    {
        TargetError.NotAPath => "The request target is not a path.",
        TargetError.TooLong => "The request target is too long.",
        TargetError.ForbiddenCharacter => "The request target holds a character that may not stand there.",
        TargetError.BadPercentEncoding => "The request target holds a % without two hexadecimal digits.",
        TargetError.DotSegment => "The request target holds a '.' or '..' segment.",
        _ => "The request target is malformed.",
    };
}
