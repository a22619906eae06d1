namespace EdgeHost.SnapshotStore.S3;

/// <summary>A time bound that the caller's own cancellation ends too.</summary>
internal sealed class LinkedTimeout : CancellationTokenSource
{
    private readonly CancellationTokenRegistration registration;

    private LinkedTimeout(TimeSpan timeout, TimeProvider clock, CancellationToken cancellationToken)
        : base(timeout, clock) => registration = cancellationToken.UnsafeRegister(static source => ((LinkedTimeout)source!).Cancel(), this);

    public static CancellationTokenSource After(TimeSpan timeout, TimeProvider clock, CancellationToken cancellationToken) =>
        new LinkedTimeout(timeout, clock, cancellationToken);

    protected override void Dispose(bool disposing)
    {
        registration.Dispose();
        base.Dispose(disposing);
    }
}
