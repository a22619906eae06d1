namespace EdgeHost.SystemTests.Faults.Platforms;

/// <summary>What kinds of fault there are, and what can be expected of each.</summary>
internal static class FaultKinds
{
    /// <summary>Those by which requests fail, or which a probe's text gives away.</summary>
    public static IReadOnlyList<Fault> OfRequests { get; } = [.. Enum.GetValues<Fault>().Where(fault => fault is > Fault.None and <= Fault.LyingOk)];

    /// <summary>What remains of a platform that was deleted behind a balancer.</summary>
    public static IReadOnlyList<Fault> OfContent { get; } = [Fault.NotFound, Fault.Forbidden, Fault.ParkingPage, Fault.DefaultPage, Fault.LoginElsewhere, Fault.LoginHere];

    // Of each, another one does the same to visitors at the same place: of the connection, the handshake, the wait for headers, the body, the status, the page or the redirect.
    private static readonly Fault[] AreLikeOthers =
    [
        Fault.ResetAtAccept, Fault.ResetInHandshake, Fault.SlowHeaders, Fault.CutChunks, Fault.BadGateway, Fault.ServiceUnavailable, Fault.GatewayTimeout, Fault.Forbidden, Fault.DefaultPage, Fault.LoginHere,
    ];

    /// <summary>Whether they are of the port or the connection, so that connections that are open must not outlive their beginning.</summary>
    public static bool IsOfConnections(this Fault fault) => fault is > Fault.None and <= Fault.UntrustedCertificate;

    public static bool IsOfTls(this Fault fault) => fault is Fault.ResetInHandshake or Fault.UntrustedCertificate;

    /// <summary>Whether answers end, or go no further, after their first bytes: no snapshot can take their place any more.</summary>
    public static bool BreaksBodies(this Fault fault) => fault is Fault.DrippingBody or Fault.CutLength or Fault.CutChunks;

    /// <summary>Whether visitors get whole answers that are not the site's: nobody can tell before enough of them were seen.</summary>
    public static bool AnswersForeign(this Fault fault) => fault is Fault.LyingOk || OfContent.Contains(fault);

    /// <summary>
    /// Whether the origin must be found to be ill. Who drips its bodies answers each request, and nothing says yet that this is too slow; and a GET
    /// whose pooled connection is gone is sent on another, as RFC 9110 §9.2.2 permits.
    /// </summary>
    public static bool MustTurn(this Fault fault) => fault is not (Fault.DrippingBody or Fault.ClosedWhenReused);

    /// <summary>A theory's rows; those of which another one is like them are for the long run.</summary>
    public static TheoryData<Fault> Rows(IEnumerable<Fault> faults) =>
        [.. faults.Select(fault => AreLikeOthers.Contains(fault) ? new TheoryDataRow<Fault>(fault).WithTrait("Category", "Long") : new TheoryDataRow<Fault>(fault))];
}
