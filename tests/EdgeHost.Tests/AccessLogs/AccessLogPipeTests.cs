using System.IO.Pipes;
using System.Text;
using EdgeHost.AccessLogs;

namespace EdgeHost.Tests.AccessLogs;

public sealed class AccessLogPipeTests
{
    [Fact(Timeout = 10_000)]
    public async Task Writes_to_what_can_not_seek()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "/proc is Linux's");
        await using var pipe = new AnonymousPipeServerStream(PipeDirection.In);
        using var file = new AccessLogFile($"/proc/self/fd/{pipe.GetClientHandleAsString()}");

        file.Write("one\n"u8);
        file.Write("two\n"u8);

        var buffer = new byte[8];
        await pipe.ReadExactlyAsync(buffer, TestContext.Current.CancellationToken);
        Assert.Equal("one\ntwo\n", Encoding.ASCII.GetString(buffer));
    }
}
