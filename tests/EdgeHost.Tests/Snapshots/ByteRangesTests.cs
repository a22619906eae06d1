using CsCheck;
using EdgeHost.Snapshots;

namespace EdgeHost.Tests.Snapshots;

public sealed class ByteRangesTests
{
    [Theory]
    [InlineData("bytes=0-0", 10, "0-0")]
    [InlineData("bytes=0-9", 10, "0-9")]
    [InlineData("bytes=0-10", 10, "0-9")]
    [InlineData("bytes=3-", 10, "3-9")]
    [InlineData("bytes=9-", 10, "9-9")]
    [InlineData("BYTES=2-4", 10, "2-4")]
    [InlineData("bytes= 2-4 ", 10, "2-4")]
    [InlineData("bytes=-1", 10, "9-9")]
    [InlineData("bytes=-10", 10, "0-9")]
    [InlineData("bytes=-11", 10, "0-9")]
    [InlineData("bytes=0-9223372036854775807", 10, "0-9")]
    [InlineData("bytes=-9223372036854775807", 10, "0-9")]
    [InlineData("bytes=10-", 10, "416")]
    [InlineData("bytes=10-20", 10, "416")]
    [InlineData("bytes=9223372036854775807-", 10, "416")]
    [InlineData("bytes=-0", 10, "416")]
    [InlineData("bytes=0-", 0, "416")]
    [InlineData("bytes=0-0", 0, "416")]
    [InlineData("bytes=-5", 0, "416")]
    [InlineData("bytes=4-2", 10, "whole")]
    [InlineData("bytes=-", 10, "whole")]
    [InlineData("bytes=", 10, "whole")]
    [InlineData("bytes", 10, "whole")]
    [InlineData("", 10, "whole")]
    [InlineData("bytes=a-b", 10, "whole")]
    [InlineData("bytes=1", 10, "whole")]
    [InlineData("bytes=+1-2", 10, "whole")]
    [InlineData("bytes=--2", 10, "whole")]
    [InlineData("bytes=1-2-3", 10, "whole")]
    [InlineData("bytes=1 -2", 10, "whole")]
    [InlineData("bytes=0x1-2", 10, "whole")]
    [InlineData("bytes=0-1,3-4", 10, "0-1 3-4")]
    [InlineData("bytes=5-6,0-1", 10, "5-6 0-1")]
    [InlineData("bytes=0-1,1-3", 10, "0-3")]
    [InlineData("bytes=0-1,2-3", 10, "0-3")]
    [InlineData("bytes=0-1,8-9,2-7", 10, "0-9")]
    [InlineData("bytes=0-1,20-", 10, "0-1")]
    [InlineData("bytes=10-,20-", 10, "416")]
    [InlineData("bytes=0-1,x", 10, "whole")]
    [InlineData("bytes=0-1,", 10, "0-1")]
    [InlineData("bytes=,", 10, "whole")]
    [InlineData("items=0-1", 10, "whole")]
    [InlineData("bytes=0-18446744073709551616", 10, "0-9")]
    public void Is_read_as_RFC_9110_has_it(string header, long length, string expected)
    {
        var ranges = ByteRanges.Parse(header, length);

        Assert.Equal(expected, ranges switch { null => "whole", [] => "416", _ => string.Join(' ', ranges.Select(range => $"{range.First}-{range.Last}")) });
    }

    [Fact]
    public void Sixteen_are_the_most()
    {
        static string Of(int count) => $"bytes={string.Join(',', Enumerable.Range(0, count).Select(n => $"{2 * n}-{2 * n}"))}";

        Assert.Equal(16, ByteRanges.Parse(Of(16), 100)!.Count);
        Assert.Null(ByteRanges.Parse(Of(17), 100));
    }

    [Fact]
    public void Never_leaves_the_body_and_gives_no_byte_twice() => Gen.Select(Gen.Long[0, 100], Gen.Select(Gen.Long[-1, 120], Gen.Long[-1, 120]).Array[1, 16]).Sample((length, asked) =>
    {
        var header = $"bytes={string.Join(',', asked.Select(range => $"{(range.Item1 < 0 ? "" : range.Item1)}-{(range.Item2 < 0 ? "" : range.Item2)}"))}";
        var ranges = ByteRanges.Parse(header, length);
        var isValid = asked.All(range => (range.Item1 >= 0 || range.Item2 >= 0) && (range.Item1 < 0 || range.Item2 < 0 || range.Item1 <= range.Item2));
        if (ranges is null)
        {
            return !isValid;
        }

        var wanted = asked.SelectMany(range => Bytes(range.Item1, range.Item2, length)).Distinct().Order();
        var given = ranges.SelectMany(range => Bytes(range.First, range.Last, length)).Order();
        return isValid && given.SequenceEqual(wanted) && ranges.All(range => range.First >= 0 && range.First <= range.Last && range.Last < length);

        static IEnumerable<long> Bytes(long first, long last, long length)
        {
            var (from, to) = first < 0 ? (Math.Max(0, length - last), length - 1) : (first, last < 0 ? length - 1 : Math.Min(last, length - 1));
            for (var at = from; at <= to; at++)
            {
                yield return at;
            }
        }
    });
}
