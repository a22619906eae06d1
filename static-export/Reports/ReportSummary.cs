using System.Globalization;
using Spectre.Console;
using StaticExport.Progress;

namespace StaticExport.Reports;

/// <summary>The report for people: a few lines at the end.</summary>
internal static class ReportSummary
{
    private const int ShownWarnings = 10;
    private const int ShownFailures = 20;

    public static void Write(IAnsiConsole console, ExportReport report, string? file)
    {
        foreach (var url in report.Urls.Where(url => url.Fate == UrlFate.Failed).Take(ShownFailures))
        {
            console.WriteLine($"failed   {url.View}{url.Url}  {url.Detail}  (linked from {url.From})", new Style(Color.Red));
        }

        foreach (var warning in report.Warnings.Take(ShownWarnings))
        {
            console.WriteLine($"warning  {warning}", new Style(Color.Yellow));
        }

        if (report.Warnings.Length > ShownWarnings)
        {
            console.WriteLine($"warning  … and {report.Warnings.Length - ShownWarnings} more (see the report)", new Style(Color.Yellow));
        }

        var totals = report.Totals;
        console.WriteLine(Text(
            $"recorded {totals.Recorded}: {totals.Documents} documents, {totals.Assets} assets; {totals.Redirects} redirects, {totals.Gone} gone, {totals.Forbidden} forbidden; {ProgressDisplay.Size(totals.Bytes)}"));
        console.WriteLine(Text($"compared {totals.New} new, {totals.Changed} changed, {totals.Same} same, {totals.Kept} kept by volatile patterns"));
        console.WriteLine(Text($"left out {totals.Skipped} skipped, {totals.Failed} failed; {report.OffSite.Links} links lead elsewhere; {totals.Reserved} answers are private, no-store or vary by cookie"));
        foreach (var view in report.Views)
        {
            console.WriteLine($"view     {view.Url}: {view.Rule}{(view.RedirectTo is null ? "" : $" {view.RedirectStatus} to {view.RedirectTo}")} ({view.Reason})");
        }

        if (report.Snapshot is { } snapshot)
        {
            console.WriteLine(Text(
                $"store    {snapshot.BlobsUploaded} blobs uploaded ({ProgressDisplay.Size(snapshot.BytesUploaded)}), {snapshot.BlobsPresent} were there; {snapshot.Entries} entries, {ProgressDisplay.Size(snapshot.BytesTotal)}"));
        }

        if (file is not null)
        {
            console.WriteLine($"report   {file}");
        }

        var (verdict, color) = Verdict(report);
        console.WriteLine(verdict, new Style(color));
    }

    private static (string Text, Color Color) Verdict(ExportReport report) => report.Outcome switch
    {
        ReportOutcome.Activated => ($"published {report.Site} as {report.Snapshot!.Id}: edges serve it from now on", Color.Green),
        ReportOutcome.Staged => ($"staged {report.Site} as {report.Snapshot!.Id}, not active: {string.Join("; ", report.Reasons)}", Color.Yellow),
        ReportOutcome.DryRun => ($"dry run: {report.Site} would be published; nothing was changed", Color.Green),
        _ => ($"failed: {report.Site} was not published, and what visitors see is as it was. {string.Join("; ", report.Reasons)}.", Color.Red),
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
