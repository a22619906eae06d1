using System.Globalization;

namespace EdgeHost.SystemTests.Processes;

/// <summary>What Linux says of a process's memory.</summary>
internal static class ProcessMemory
{
    /// <summary>In RAM, in bytes.</summary>
    public static long Resident(int pid)
    {
        // Raw: "VmRSS:     98304 kB"
        var line = File.ReadLines($"/proc/{pid}/status").Single(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.AsSpan("VmRSS:".Length).Trim().TrimEnd("kB ").ToString(), CultureInfo.InvariantCulture) * 1024;
    }
}
