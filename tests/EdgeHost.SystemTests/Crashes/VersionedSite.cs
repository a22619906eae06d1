using System.Globalization;
using EdgeHost.SystemTests.Exports;

namespace EdgeHost.SystemTests.Crashes;

/// <summary>A site whose pages all tell which version of it they are of, and whose bytes can be made again to be compared.</summary>
internal static class VersionedSite
{
    public const string Id = "shop";
    public const string Host = "shop.example";
    public const int Pages = 40;

    private const string Mark = "version ";

    public static string Target(int page) => page == 0 ? "/" : $"/page-{page}";

    /// <summary>From one to a hundred and sixty kilobytes, other ones in each version but for the last pages, which stay as they are.</summary>
    public static string Body(int version, int page)
    {
        var shown = page >= Pages - 5 ? 0 : version;
        return HandMadeSnapshot.Page($"{Mark}{shown} page {page}", 1000 + (page * 4000) + (shown % 7 * 100));
    }

    public static Task PublishAsync(string store, int version, CancellationToken cancellationToken) =>
        HandMadeSnapshot.PublishAsync(store, Id, Enumerable.Range(0, Pages).ToDictionary(Target, page => Body(version, page)), cancellationToken);

    /// <summary>The version that a page is of, its bytes compared with those of that version.</summary>
    public static int VersionOf(RawResponse answer, int page, int newest)
    {
        Assert.Equal(200, answer.Status);
        var text = answer.Text;
        var at = text.IndexOf(Mark, StringComparison.Ordinal) + Mark.Length;
        var version = int.Parse(text.AsSpan(at, text.IndexOf(' ', at) - at), CultureInfo.InvariantCulture);
        Assert.InRange(version, 0, newest);
        Assert.True(text == Body(version, page), $"{Target(page)} of version {version} has other bytes than were published.");
        return version;
    }
}
