using System.Collections.Immutable;
using System.Security.Cryptography.X509Certificates;
using EdgeHost.SnapshotStore.Sites;

namespace EdgeHost.Tls;

/// <summary>The hosts that a certificate is for, by itself: <c>www.nova.example</c>, and <c>*.nova.example</c> for any one label before that (RFC 9525 §6.3).</summary>
internal static class CertificateNames
{
    private const string CommonName = "2.5.4.3";
    private const string AnyLabel = "*.";

    /// <summary>In lower case. Only where there are no alternative names at all, the common name: what else is in the subject are words for people.</summary>
    public static ImmutableArray<string> Of(X509Certificate2 certificate)
    {
        var alternatives = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().ToList();
        var names = alternatives.Count > 0 ? alternatives.SelectMany(extension => extension.EnumerateDnsNames())
            : certificate.SubjectName.EnumerateRelativeDistinguishedNames().Where(part => !part.HasMultipleElements && part.GetSingleElementType().Value == CommonName).Select(part => part.GetSingleElementValue() ?? "");
        return [.. names.Select(Parse).OfType<string>().Distinct(StringComparer.Ordinal)];
    }

    /// <summary>What a name stands for any label before; null for a name that stands for itself.</summary>
    public static string? ParentOf(string name) => name.StartsWith(AnyLabel, StringComparison.Ordinal) ? name[AnyLabel.Length..] : null;

    /// <param name="names">What <see cref="Of"/> gave.</param>
    /// <param name="host">Without port and trailing dot, in any case.</param>
    public static bool Cover(ImmutableArray<string> names, ReadOnlySpan<char> host)
    {
        foreach (var name in names)
        {
            var anyLabel = name.StartsWith(AnyLabel, StringComparison.Ordinal);
            if ((anyLabel ? AfterLabel(host) : host).Equals(name.AsSpan(anyLabel ? AnyLabel.Length : 0), StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Empty when nothing follows the first label.</summary>
    public static ReadOnlySpan<char> AfterLabel(ReadOnlySpan<char> host) => host.IndexOf('.') is > 0 and var dot ? host[(dot + 1)..] : default;

    // A star for a part of a label, or anywhere but first, stands for nothing.
    private static string? Parse(string name)
    {
        var anyLabel = name.StartsWith(AnyLabel, StringComparison.Ordinal);
        return !name.Contains(':', StringComparison.Ordinal) && HostName.TryParse(anyLabel ? name[AnyLabel.Length..] : name, out var host) ? (anyLabel ? AnyLabel : "") + host : null;
    }
}
