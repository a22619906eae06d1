using System.Diagnostics;

namespace EdgeHost.SystemTests.Processes;

/// <summary>A process in a session of its own, so that it and whatever it starts can be ended by one id. Its output is kept.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private static readonly TimeSpan EndWithin = TimeSpan.FromSeconds(10);

    private readonly Process process;
    private readonly TaskCompletionSource mayRead = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task reading;
    private readonly string name;

    private ChildProcess(Process process, string name, bool readsOutput)
    {
        this.process = process;
        this.name = name;
        Id = process.Id;
        LastWill.Add(Id);
        if (readsOutput)
        {
            ReadOutput();
        }

        reading = Task.WhenAll(ReadOutputAsync(), Errors.ReadAsync(process.StandardError));
    }

    /// <summary>The id of the process, of its group and of its session.</summary>
    public int Id { get; }

    public CapturedOutput Output { get; } = new();

    public CapturedOutput Errors { get; } = new();

    public bool HasExited => process.HasExited;

    /// <param name="file">What to run.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">What differs from our own environment; null removes a variable.</param>
    /// <param name="workingDirectory">Null: ours.</param>
    /// <param name="readsOutput">Whether its standard output is read at once, and not from <see cref="ReadOutput"/> on.</param>
    public static ChildProcess Start(
        string file, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?>? environment = null, string? workingDirectory = null, bool readsOutput = true)
    {
        // setsid(1) forks only where it leads a group already; a child of ours doesn't, so the id stays.
        var start = new ProcessStartInfo("setsid", [file, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = workingDirectory ?? "",
        };
        foreach (var (key, value) in environment ?? new Dictionary<string, string?>())
        {
            start.Environment[key] = value;
        }

        var process = Process.Start(start)!;
        process.StandardInput.Close();
        return new ChildProcess(process, $"{Path.GetFileName(file)} {string.Join(' ', arguments)}", readsOutput);
    }

    /// <summary>Runs to the end.</summary>
    public static async Task<Finished> RunAsync(
        string file,
        IEnumerable<string> arguments,
        TimeSpan within,
        CancellationToken cancellationToken,
        IReadOnlyDictionary<string, string?>? environment = null,
        string? workingDirectory = null)
    {
        await using var child = Start(file, arguments, environment, workingDirectory);
        return await child.EndAsync(within, cancellationToken);
    }

    /// <summary>Reads its standard output from here on.</summary>
    public void ReadOutput() => mayRead.TrySetResult();

    /// <summary>Waits for the end.</summary>
    public async Task<Finished> EndAsync(TimeSpan within, CancellationToken cancellationToken)
    {
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bound.CancelAfter(within);
        try
        {
            await process.WaitForExitAsync(bound.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"{name} did not end within {within.TotalSeconds:0} s.\n{Output.Text}\n{Errors.Text}");
        }

        ReadOutput();
        await reading.WaitAsync(EndWithin, TimeProvider.System, CancellationToken.None);
        return new Finished(process.ExitCode, Output.Text, Errors.Text);
    }

    /// <summary>SIGKILL to the whole group; it is gone when this returns.</summary>
    public async Task KillAsync()
    {
        if (!process.HasExited || Signal.SessionLives(Id))
        {
            Signal.ToGroup(Id, Signal.Kill);
        }

        await process.WaitForExitAsync(CancellationToken.None).WaitAsync(EndWithin, TimeProvider.System, CancellationToken.None);
        await Wait.UntilAsync($"the end of {name}", EndWithin, () => !Signal.SessionLives(Id), CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        ReadOutput();
        await reading.WaitAsync(EndWithin, TimeProvider.System, CancellationToken.None);
        LastWill.Drop(Id);
        process.Dispose();
    }

    private async Task ReadOutputAsync()
    {
        await mayRead.Task;
        await Output.ReadAsync(process.StandardOutput);
    }
}

/// <summary>A process that has ended.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">What it wrote to its standard output.</param>
/// <param name="Errors">What it wrote to its standard error.</param>
internal sealed record Finished(int ExitCode, string Output, string Errors)
{
    public string All => $"exit code {ExitCode}\n{Output}\n{Errors}";
}
