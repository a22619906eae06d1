using System.Globalization;

namespace EdgeHost.SystemTests.Faults;

/// <summary>
/// What a virtual machine's host has taken of its processors for its other guests since this was made: proc(5), <c>/proc/stat</c>, <c>steal</c>. While it takes them, everything here stands still,
/// and how long an answer took tells of the host.
/// </summary>
internal sealed class StolenTime
{
    private const int Steal = 7;

    private readonly (long Stolen, long All) before = Read();

    /// <summary>Of all processors' time; 0 where the system doesn't tell.</summary>
    public double Percent => Read() is var now && now.All > before.All ? 100.0 * (now.Stolen - before.Stolen) / (now.All - before.All) : 0;

    private static (long Stolen, long All) Read()
    {
        if (!File.Exists("/proc/stat"))
        {
            return default;
        }

        // cpu  user nice system idle iowait irq softirq steal guest guest_nice: guests are in user and nice already.
        var fields = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Take(Steal + 1)
            .Select(text => long.Parse(text, CultureInfo.InvariantCulture)).ToArray();
        return (fields.ElementAtOrDefault(Steal), fields.Sum());
    }
}
