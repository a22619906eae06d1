using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Encodings.Web;

namespace EdgeHost.AccessLogs;

/// <summary>Bytes of lines of JSON, one after the other. Grows with what is put in; what it is asked for is what was put in, so names and quotes are the caller's.</summary>
internal sealed class JsonLines
{
    // RFC 8259 §7: quotation mark, reverse solidus, control characters. Other than those, letters outside ASCII need to become UTF-8, which the encoder does.
    private static readonly SearchValues<char> Plain = SearchValues.Create(Enumerable.Range(' ', 0x7f - ' ').Select(c => (char)c).Where(c => c is not '"' and not '\\').ToArray());

    // What every line has room for beside its texts: times, numbers, an address, names.
    private const int Rest = 1024;

    private const int Least = 16 * 1024;

    // Some seconds' worth of batches.
    private const int MostEmptyish = 64;

    private byte[] bytes = new byte[Least];
    private int length;
    private int emptyish;

    // The time that was last written, in milliseconds, and its text: of a burst, many lines have the same.
    private readonly byte[] timeText = new byte["2026-01-31T12:00:00.1234567Z".Length];
    private long millisecond = -1;

    public ReadOnlyMemory<byte> Written => bytes.AsMemory(0, length);

    public void Clear()
    {
        // A burst's room is given back in the end, and step by step: under steady load nothing is allocated.
        emptyish = length < bytes.Length / 16 ? emptyish + 1 : 0;
        if (emptyish > MostEmptyish && bytes.Length > Least)
        {
            bytes = new byte[bytes.Length / 2];
            emptyish = 0;
        }

        length = 0;
    }

    public void Begin(ReadOnlySpan<byte> text)
    {
        Ensure(Rest);
        Raw(text);
    }

    /// <summary>What is put in after this.</summary>
    public int Mark() => length;

    /// <param name="mark">Of <see cref="Mark"/>.</param>
    public ReadOnlySpan<byte> Since(int mark) => bytes.AsSpan(mark, length - mark);

    /// <summary>A part of a line, of any length.</summary>
    public void Part(ReadOnlySpan<byte> part)
    {
        Ensure(part.Length + Rest);
        Raw(part);
    }

    public void Raw(ReadOnlySpan<byte> text)
    {
        text.CopyTo(bytes.AsSpan(length));
        length += text.Length;
    }

    /// <summary>A text as it stands between quotes.</summary>
    public void Text(ReadOnlySpan<char> text, int longest)
    {
        text = text.Length <= longest ? text : text[..longest];
        // Escaped, a character takes six bytes at most.
        Ensure((text.Length * 6) + Rest);
        if (!text.ContainsAnyExcept(Plain))
        {
            Ascii.FromUtf16(text, bytes.AsSpan(length), out var written);
            length += written;
            return;
        }

        // A log is read by machines and terminals, not by browsers: only what JSON itself needs is escaped, control characters among it.
        Span<char> escaped = text.Length * 6 <= 1024 ? stackalloc char[1024] : new char[text.Length * 6];
        JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text, escaped, out _, out var count);
        length += Encoding.UTF8.GetBytes(escaped[..count], bytes.AsSpan(length));
    }

    /// <summary>An id of a site or of a snapshot: letters, digits and hyphens, nothing that would be escaped.</summary>
    public void Id(string id)
    {
        Ensure(id.Length + Rest);
        Ascii.FromUtf16(id, bytes.AsSpan(length), out var written);
        length += written;
    }

    /// <summary><c>2026-01-31T12:00:00.123Z</c>.</summary>
    public void Time(DateTimeOffset at)
    {
        var now = at.UtcTicks / TimeSpan.TicksPerMillisecond;
        if (now != millisecond)
        {
            at.UtcDateTime.TryFormat(timeText, out _, "O", CultureInfo.InvariantCulture);
            millisecond = now;
        }

        Raw(timeText.AsSpan(0, "2026-01-31T12:00:00.123".Length));
        Raw("Z"u8);
    }

    public void Number(long value)
    {
        Utf8Formatter.TryFormat(value, bytes.AsSpan(length), out var written);
        length += written;
    }

    /// <summary>A number with three decimals, given in thousandths.</summary>
    public void Thousandths(long value)
    {
        Number(value / 1000);
        Raw("."u8);
        Padded(Math.Abs(value % 1000));
    }

    public void Address(IPAddress address)
    {
        address.TryFormat(bytes.AsSpan(length), out var written);
        length += written;
    }

    private void Padded(long thousandths)
    {
        bytes[length++] = (byte)('0' + (thousandths / 100));
        bytes[length++] = (byte)('0' + (thousandths / 10 % 10));
        bytes[length++] = (byte)('0' + (thousandths % 10));
    }

    private void Ensure(int more)
    {
        if (bytes.Length - length < more)
        {
            Array.Resize(ref bytes, Math.Max(bytes.Length * 2, length + more));
        }
    }
}
