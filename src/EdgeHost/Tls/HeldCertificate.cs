namespace EdgeHost.Tls;

/// <summary>A certificate as the edge has it. Where its files can't be used any more, the last good one is kept, beside what is wrong.</summary>
/// <param name="Files">Where it lies.</param>
/// <param name="Prints">Which state of the files was read.</param>
/// <param name="Certificate">Null when there has been no good one.</param>
/// <param name="Problem">Why the files, as they are now, can't be used; null when they can.</param>
internal sealed record HeldCertificate(CertificateFiles Files, FilePrints Prints, SiteCertificate? Certificate, string? Problem)
{
    /// <summary>Whether some host gets it.</summary>
    public bool IsInUse { get; init; }

    public static HeldCertificate Read(CertificateFiles files, HeldCertificate? before)
    {
        // First: what is written meanwhile is read again at the next look.
        var prints = files.Prints;
        if (before is not null && before.Files == files && before.Prints == prints)
        {
            return before;
        }

        var (certificate, problem) = CertificateReading.Of(files);
        return new HeldCertificate(files, prints, certificate ?? (problem is null ? null : before?.Certificate), problem);
    }

    public CertificateCondition At(DateTimeOffset now, TimeSpan warning) =>
        Problem is not null ? CertificateCondition.Broken
        : Certificate is not { } own ? CertificateCondition.Ignored
        : own.NotAfter <= now ? CertificateCondition.Expired
        : own.NotBefore > now ? CertificateCondition.NotYetValid
        : own.Names.IsEmpty ? CertificateCondition.Nameless
        : own.NotAfter - now <= warning ? CertificateCondition.Expiring
        : CertificateCondition.Good;
}
