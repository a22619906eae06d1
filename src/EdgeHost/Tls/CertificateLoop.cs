using EdgeHost.Loops;
using EdgeHost.SnapshotStore;

namespace EdgeHost.Tls;

/// <summary>Follows the files of the certificates, and says what a person must look at: at each change, and of what stays so once a day.</summary>
internal sealed partial class CertificateLoop(CertificateState certificates, TlsOptions options, TimeProvider clock, ILogger<CertificateLoop> log) : TickLoop(options.ReloadInterval, clock, log)
{
    private static readonly TimeSpan Repeat = TimeSpan.FromDays(1);

    private readonly Dictionary<string, (string What, DateTimeOffset At)> said = new(StringComparer.Ordinal);

    /// <exception cref="IOException">There is no such directory: what is misspelt stops the start.</exception>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        Look();
        if (certificates.Held.Count == 0)
        {
            LogInForce(0, 0);
        }

        return base.StartAsync(cancellationToken);
    }

    protected override void Tick(CancellationToken stopping) => Look();

    /// <summary>What is done at each tick.</summary>
    public void Look()
    {
        if (certificates.Look())
        {
            LogInForce(certificates.Table.InUse.Count, certificates.Table.Hosts);
        }

        var now = Clock.GetUtcNow();
        Say(options.CertificateDirectory, certificates.DirectoryProblem, now, () => LogUnfollowed(options.CertificateDirectory, certificates.DirectoryProblem!));
        foreach (var one in certificates.Held)
        {
            Say(one, one.At(now, options.ExpiryWarning), now);
        }
    }

    private void Say(HeldCertificate one, CertificateCondition condition, DateTimeOffset now)
    {
        var name = one.Files.Name;
        var hosts = string.Join(", ", one.Certificate?.Names.Take(5) ?? []);
        switch (condition)
        {
            case CertificateCondition.Broken:
                Say(one.Files.Chain, one.Problem, now, () => LogBroken(name, one.Problem!, one.Certificate is null ? "none is in force" : "the last good one stays in force"));
                break;
            case CertificateCondition.Expired when one.IsInUse:
                Say(one.Files.Chain, $"{condition} {one.Certificate!.Fingerprint}", now, () => LogExpired(name, hosts, one.Certificate.NotAfter));
                break;
            case CertificateCondition.Expiring or CertificateCondition.NotYetValid or CertificateCondition.Nameless when one.IsInUse || condition == CertificateCondition.Nameless:
                Say(one.Files.Chain, $"{condition} {one.Certificate!.Fingerprint}", now, () => LogWarning(name, hosts, KebabCase.Of(condition), one.Certificate.NotBefore, one.Certificate.NotAfter));
                break;
            default:
                said.Remove(one.Files.Chain);
                break;
        }
    }

    private void Say(string about, string? what, DateTimeOffset now, Action write)
    {
        if (what is null)
        {
            said.Remove(about);
        }
        else if (!said.TryGetValue(about, out var last) || last.What != what || now - last.At >= Repeat)
        {
            said[about] = (what, now);
            write();
        }
    }

    [LoggerMessage(EventId = 600, Level = LogLevel.Information, Message = "{Certificates} certificates for {Hosts} names are in force")]
    private partial void LogInForce(int certificates, int hosts);

    [LoggerMessage(EventId = 601, Level = LogLevel.Error, Message = "The certificate {Certificate} can't be used, {Instead}: {Problem}")]
    private partial void LogBroken(string certificate, string problem, string instead);

    [LoggerMessage(EventId = 602, Level = LogLevel.Warning, Message = "The certificate {Certificate} of {Hosts} is {Condition}: it is valid from {NotBefore:u} to {NotAfter:u}")]
    private partial void LogWarning(string certificate, string hosts, string condition, DateTimeOffset notBefore, DateTimeOffset notAfter);

    [LoggerMessage(EventId = 603, Level = LogLevel.Error, Message = "The certificate {Certificate} of {Hosts} has expired at {NotAfter:u}; visitors are warned by their browsers")]
    private partial void LogExpired(string certificate, string hosts, DateTimeOffset notAfter);

    [LoggerMessage(EventId = 604, Level = LogLevel.Error, Message = "The certificates in {Directory} can't be followed, what was last read stays in force: {Problem}")]
    private partial void LogUnfollowed(string directory, string problem);
}
