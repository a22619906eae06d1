using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace StaticExport.Reports;

/// <summary>Writes the report whole or not at all.</summary>
internal static class ReportFile
{
    // URLs as they are: a file is not a web page, so '&' needs no escape.
    private static readonly ReportJson Readable = new(new JsonSerializerOptions(ReportJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>Why no report can be written there; null when nothing is seen that speaks against it.</summary>
    public static string? FaultOf(string path)
    {
        if (path.Length == 0)
        {
            return "--report needs the name of a file.";
        }

        var full = Path.GetFullPath(path);
        return Directory.Exists(full) ? $"--report: {full} is a directory."
            : !Directory.Exists(Path.GetDirectoryName(full)) ? $"--report: the directory of {full} does not exist."
            : null;
    }

    /// <exception cref="IOException">It can't be written.</exception>
    /// <exception cref="UnauthorizedAccessException">Nor may it.</exception>
    public static async Task WriteAsync(ExportReport report, string path, CancellationToken cancellationToken)
    {
        var full = Path.GetFullPath(path);
        var part = full + ".part";
        await using (var file = new FileStream(part, FileMode.Create, FileAccess.Write))
        {
            await JsonSerializer.SerializeAsync(file, report, Readable.ExportReport, cancellationToken);
        }

        File.Move(part, full, overwrite: true);
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    WriteIndented = true)]
[JsonSerializable(typeof(ExportReport))]
internal sealed partial class ReportJson : JsonSerializerContext;
