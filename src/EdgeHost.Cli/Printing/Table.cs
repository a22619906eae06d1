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

        // What is empty for all would take the room of what is not.
        var shown = rows.ToList();
        var filled = Enumerable.Range(0, columns.Length).Where(n => shown.Exists(row => row[n].Length > 0)).ToList();
        var table = new Spectre.Console.Table().Border(TableBorder.Rounded);
        foreach (var column in filled)
        {
            table.AddColumn(columns[column]);
        }

        foreach (var row in shown)
        {
            table.AddRow([.. filled.Select(column => new Text(OneLine(row[column])))]);
        }

        AnsiConsole.Write(table);
    }

    public static bool IsForPrograms(TextWriter output) => Console.IsOutputRedirected || !ReferenceEquals(output, Console.Out);

    /// <summary>A reason is free text: it must not look like another row, nor steer the terminal.</summary>
    public static string OneLine(string cell) => string.Concat(cell.Select(c => char.IsControl(c) ? ' ' : c));
}
