using System.Globalization;
using System.Text;

namespace EdgeHost.SystemTests.Faults.Platforms;

/// <summary>Reads requests one after the other from a connection; their bodies are read and forgotten.</summary>
internal sealed class RequestReader(Stream stream, CancellationToken cancellationToken)
{
    private readonly byte[] buffer = new byte[64 * 1024];
    private int start;
    private int end;

    /// <summary>The next head; null when the other side has ended.</summary>
    public async Task<(PlatformRequest Request, long BodyLength)?> ReadHeadAsync()
    {
        if (await ReadLineAsync() is not { } line)
        {
            return null;
        }

        var (host, isProbe, length) = ("", false, 0L);
        while (await ReadLineAsync() is { Length: > 0 } header)
        {
            var colon = header.IndexOf(':', StringComparison.Ordinal);
            var value = header[(colon + 1)..].Trim();
            switch (header[..colon].ToUpperInvariant())
            {
                case "HOST":
                    host = value;
                    break;
                case "USER-AGENT":
                    isProbe = value == "EdgeHost-probe";
                    break;
                case "CONTENT-LENGTH":
                    length = long.Parse(value, CultureInfo.InvariantCulture);
                    break;
                case "TRANSFER-ENCODING":
                    length = -1;
                    break;
            }
        }

        var parts = line.Split(' ');
        return (new PlatformRequest(parts[0], parts[1], host, isProbe), length);
    }

    /// <param name="length">-1: it comes in chunks.</param>
    public async Task SkipBodyAsync(long length)
    {
        if (length >= 0)
        {
            await SkipAsync(length);
            return;
        }

        while (int.Parse(await ReadLineAsync() ?? "0", NumberStyles.HexNumber, CultureInfo.InvariantCulture) is > 0 and var size)
        {
            await SkipAsync(size + "\r\n".Length);
        }

        await ReadLineAsync();
    }

    /// <summary>Returns when the other side has ended.</summary>
    public async Task UntilEndAsync()
    {
        start = end;
        while (await FillAsync())
        {
            start = end;
        }
    }

    private async Task SkipAsync(long count)
    {
        while (count > 0 && (start < end || await FillAsync()))
        {
            var some = (int)Math.Min(count, end - start);
            start += some;
            count -= some;
        }
    }

    private async Task<string?> ReadLineAsync()
    {
        var line = new StringBuilder();
        while (start < end || await FillAsync())
        {
            var at = buffer.AsSpan(start, end - start).IndexOf((byte)'\n');
            var stop = at < 0 ? end : start + at;
            line.Append(Encoding.Latin1.GetString(buffer, start, stop - start));
            start = at < 0 ? stop : stop + 1;
            if (at >= 0)
            {
                return line.ToString().TrimEnd('\r');
            }
        }

        return null;
    }

    private async Task<bool> FillAsync()
    {
        start = 0;
        end = await stream.ReadAsync(buffer, cancellationToken);
        return end > 0;
    }
}
