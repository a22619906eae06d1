using CsCheck;
using EdgeHost.Snapshots;

namespace EdgeHost.Tests.Snapshots;

public sealed class ByteRangeTests
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
    [InlineData("bytes=0-1,3-4", 10, "whole")]
    [InlineData("bytes=0-1,", 10, "whole")]
    [InlineData("items=0-1", 10, "whole")]
    [InlineData("bytes=0-18446744073709551616", 10, "whole")]
    public void Is_read_as_RFC_9110_has_it(string header, long length, string expected)
    {
        var range = ByteRange.Parse(header, length, out var satisfiable);

        Assert.Equal(expected, range is { } found ? $"{found.First}-{found.Last}" : satisfiable ? "whole" : "416");
    }

    [Fact]
    public void Never_leaves_the_body() => Gen.Select(Gen.Long[0, 100], Gen.Long[-1, 120], Gen.Long[-1, 120]).Sample((length, first, last) =>
    {
        var range = ByteRange.Parse($"bytes={(first < 0 ? "" : first)}-{(last < 0 ? "" : last)}", length, out var satisfiable);
        return range is not { } found ? satisfiable == (last >= 0 && last < first || (first < 0 && last < 0)) || !satisfiable : satisfiable && found.First >= 0 && found.First <= found.Last && found.Last < length && found.Length > 0;
    });
}
