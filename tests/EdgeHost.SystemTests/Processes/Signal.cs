using System.Globalization;
using System.Runtime.InteropServices;

namespace EdgeHost.SystemTests.Processes;

/// <summary>Signals to a process or to a session that this test run started.</summary>
internal static partial class Signal
{
    public const int Kill = 9;
    public const int Terminate = 15;

    public static void ToProcess(int pid, int signal) => _ = Send(pid, signal);

    public static void ToGroup(int group, int signal) => _ = Send(-group, signal);

    /// <summary>Whether anything still runs in a session. Its id is not given to another process while that is so.</summary>
    public static bool SessionLives(int session)
    {
        foreach (var directory in Directory.EnumerateDirectories("/proc"))
        {
            if (!char.IsAsciiDigit(Path.GetFileName(directory)[0]))
            {
                continue;
            }

            try
            {
                // Raw: 4711 (name) S ppid pgrp session …; the name may hold anything, so from its last parenthesis on.
                var stat = File.ReadAllText(Path.Combine(directory, "stat"));
                var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
                if (fields[0] != "Z" && int.Parse(fields[3], CultureInfo.InvariantCulture) == session)
                {
                    return true;
                }
            }
            catch (IOException)
            {
                // It has ended meanwhile.
            }
        }

        return false;
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Send(int pid, int signal);
}
