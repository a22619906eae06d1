namespace EdgeHost.Demo.Platform.Casting;

internal sealed record CastingCall
{
    public required DateTimeOffset ReceivedAt { get; init; }

    public required string Name { get; init; }

    public required string Email { get; init; }

    public required string Project { get; init; }

    public required string Message { get; init; }
}
