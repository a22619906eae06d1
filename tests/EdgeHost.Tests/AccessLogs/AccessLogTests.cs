using System.Text;
using EdgeHost.AccessLogs;

namespace EdgeHost.Tests.AccessLogs;

public sealed class AccessLogTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Drops_and_counts_what_it_has_no_room_for()
    {
        var log = new AccessLog(new AccessLogOptions { Capacity = 2 * Environment.ProcessorCount });
        for (var i = 0; i < 5; i++)
        {
            log.Write(Some.AccessRecord);
        }

        Assert.Equal(3, log.Dropped);
        Assert.Equal(2, Lines(log));

        log.Write(Some.AccessRecord);
        Assert.Equal(3, log.Dropped);
        Assert.Equal(1, Lines(log));
    }

    [Fact]
    public void Keeps_nothing_when_there_is_no_file()
    {
        var log = new AccessLog(new AccessLogOptions { Path = "" });
        log.Write(Some.AccessRecord);

        Assert.Equal(0, log.Dropped);
        Assert.Equal(0, Lines(log));
    }

    [Fact]
    public async Task Has_every_line_of_many_threads_once()
    {
        const int Writers = 8;
        const int Each = 20_000;
        var log = new AccessLog(new AccessLogOptions { Capacity = 1_000_000 });
        var writing = Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Factory.StartNew(() =>
        {
            for (var i = 0; i < Each; i++)
            {
                log.Write(Some.AccessRecord with { Target = $"/{writer}/{i}" });
            }
        }, Cancel, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
        var seen = new HashSet<string>();
        var complete = writing.ContinueWith(_ => log.Complete(), Cancel, TaskContinuationOptions.None, TaskScheduler.Default);
        while (await log.WaitAsync())
        {
            Add();
        }

        Add();
        await complete;
        Assert.Equal(Writers * Each, seen.Count);
        Assert.Equal(0, log.Dropped);

        void Add()
        {
            foreach (var lines in log.Take())
            {
                foreach (var line in Encoding.UTF8.GetString(lines.Span).Split('\n', StringSplitOptions.RemoveEmptyEntries))
                {
                    Assert.True(seen.Add(line.Split("\"path\":\"")[1].Split('"')[0]), line);
                }
            }
        }
    }

    private static int Lines(AccessLog log)
    {
        var count = 0;
        foreach (var lines in log.Take())
        {
            count += lines.Span.Count((byte)'\n');
        }

        return count;
    }
}
