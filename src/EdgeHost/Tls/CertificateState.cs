using System.Collections.Immutable;

namespace EdgeHost.Tls;

/// <summary>The certificates in force. A handshake reads the table once; looking at the files replaces it.</summary>
internal sealed class CertificateState(TlsOptions options, TimeProvider clock)
{
    private volatile CertificateTable table = CertificateTable.Empty;
    private volatile IReadOnlyList<HeldCertificate> held = [];
    private volatile string? directoryProblem;
    private bool hasLooked;
    private long refused;

    public TlsOptions Options => options;

    public CertificateTable Table => table;

    /// <summary>Whatever lies in the directory, in the order of its names.</summary>
    public IReadOnlyList<HeldCertificate> Held => held;

    /// <summary>Why the directory can't be followed, so that what was last read stays in force; null when it can.</summary>
    public string? DirectoryProblem => directoryProblem;

    /// <summary>Handshakes without a host name that a certificate is for.</summary>
    public long Refused => Interlocked.Read(ref refused);

    public void CountRefused() => Interlocked.Increment(ref refused);

    /// <summary>Looks at the files, and reads those that have changed. One at a time.</summary>
    /// <returns>Whether another table is in force.</returns>
    /// <exception cref="IOException">The directory can't be read, and nothing has been read of it yet.</exception>
    public bool Look()
    {
        // At the start nobody waits for anything else.
        var readers = hasLooked ? 1 : Environment.ProcessorCount;
        if (Find() is not { } found)
        {
            return Put(held);
        }

        var before = held.ToDictionary(one => one.Files.Chain, StringComparer.Ordinal);
        return Put([.. found.AsParallel().AsOrdered().WithDegreeOfParallelism(readers).Select(files => HeldCertificate.Read(files, before.GetValueOrDefault(files.Chain)))]);
    }

    private IReadOnlyList<CertificateFiles>? Find()
    {
        try
        {
            var found = CertificateFolder.Find(options.CertificateDirectory);
            // A volume that is not mounted any more looks so; nobody takes all certificates away and means it.
            directoryProblem = found.Count == 0 && held.Count > 0 ? $"{options.CertificateDirectory} holds none any more." : null;
            hasLooked = true;
            return directoryProblem is null ? found : null;
        }
        catch (Exception e) when (hasLooked && e is (IOException or UnauthorizedAccessException))
        {
            directoryProblem = e.Message;
            return null;
        }
    }

    private bool Put(IReadOnlyList<HeldCertificate> now)
    {
        var time = clock.GetUtcNow();
        if (now.SequenceEqual(held, ReferenceEqualityComparer.Instance) && time < table.ChangesAt)
        {
            return false;
        }

        var fallback = now.FirstOrDefault(one => one.Files.Name == options.DefaultCertificate)?.Certificate;
        var next = new CertificateTable([.. now.Select(one => one.Certificate).OfType<SiteCertificate>()], fallback, time);
        table = next;
        held = [.. now.Select(one => one.IsInUse == (one.Certificate is { } own && next.InUse.Contains(own)) ? one : one with { IsInUse = !one.IsInUse })];
        return true;
    }
}
