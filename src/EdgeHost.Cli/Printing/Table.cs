using Spectre.Console;

namespace EdgeHost.Cli.Printing;

/// <summary>A table on a terminal; lines of tab-separated values, without a heading, for programs.</summary>
internal static class Table
{
    public static void Write(TextWriter output, string[] columns, IEnumerable<string[]> rows)
    {
        if (IsForPrograms(output))
        {
            foreach (var row in rows)
            {
                output.WriteLine(string.Join('\t', row.Select(OneLine)));
            }

            return;
        }

        var table = new Spectre.Console.Table().Border(TableBorder.Rounded);
        foreach (var column in columns)
        {
            table.AddColumn(column);
        }

        foreach (var row in rows)
        {
            table.AddRow([.. row.Select(cell => new Text(OneLine(cell)))]);
        }

        AnsiConsole.Write(table);
    }

    public static bool IsForPrograms(TextWriter output) => Console.IsOutputRedirected || !ReferenceEquals(output, Console.Out);

    /// <summary>A reason is free text: it must not look like another row, nor steer the terminal.</summary>
    public static string OneLine(string cell) => string.Concat(cell.Select(c => char.IsControl(c) ? ' ' : c));
}
