using Spectre.Console;

namespace EdgeHost.Cli.Printing;

/// <summary>Named sentences under one another, wrapped beside their names on a terminal; lines of two tab-separated values for programs.</summary>
internal static class Sheet
{
    public static void Write(TextWriter output, IEnumerable<(string Name, string Text)> lines)
    {
        if (Table.IsForPrograms(output))
        {
            foreach (var (name, text) in lines)
            {
                output.WriteLine($"{name}\t{Table.OneLine(text)}");
            }

            return;
        }

        var grid = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn();
        foreach (var (name, text) in lines)
        {
            grid.AddRow(new Text(name, new Style(decoration: Decoration.Bold)), new Text(Table.OneLine(text)));
        }

        AnsiConsole.Write(grid);
    }
}
