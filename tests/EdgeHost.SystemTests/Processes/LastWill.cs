using System.Diagnostics;

namespace EdgeHost.SystemTests.Processes;

/// <summary>
/// Ends what was started even when the test process itself is killed: a shell of its own knows every session that runs,
/// and kills them when its input ends.
/// </summary>
internal static class LastWill
{
    private const string Script = """
        ids=
        while read -r op id; do
            case $op in
                add) ids="$ids $id" ;;
                drop) kept=; for one in $ids; do [ "$one" = "$id" ] || kept="$kept $one"; done; ids=$kept ;;
            esac
        done
        for id in $ids; do kill -s KILL -- "-$id" 2>/dev/null; done
        """;

    private static readonly Lazy<StreamWriter> Input = new(Start);

    public static void Add(int session) => Write($"add {session}");

    public static void Drop(int session) => Write($"drop {session}");

    private static void Write(string line)
    {
        lock (Input)
        {
            Input.Value.WriteLine(line);
            Input.Value.Flush();
        }
    }

    private static StreamWriter Start()
    {
        var process = Process.Start(new ProcessStartInfo("setsid", ["sh", "-c", Script]) { RedirectStandardInput = true })!;
        return process.StandardInput;
    }
}
