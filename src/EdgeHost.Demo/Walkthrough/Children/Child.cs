using System.Diagnostics;

namespace EdgeHost.Demo.Walkthrough.Children;

/// <summary>A process that the walkthrough started and therefore ends. What it writes goes to a log file of its own.</summary>
internal sealed class Child : IAsyncDisposable
{
    private readonly Process process;
    private readonly StreamWriter log;

    private Child(string name, Process process, StreamWriter log, string logPath)
    {
        Name = name;
        LogPath = logPath;
        this.process = process;
        this.log = log;
    }

    public string Name { get; }

    public string LogPath { get; }

    public int Id => process.Id;

    public bool HasExited => process.HasExited;

    public int ExitCode => process.ExitCode;

    public static Child Start(string name, string assembly, IEnumerable<string> arguments, string logPath)
    {
        var start = new ProcessStartInfo(DotnetHost.Path)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
        };
        start.ArgumentList.Add(assembly);
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        // Appended to: a platform that is brought back keeps the story of how it went.
        var log = new StreamWriter(logPath, append: true) { AutoFlush = true };
        var process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Write(log, line.Data);
        process.ErrorDataReceived += (_, line) => Write(log, line.Data);
        try
        {
            process.Start();
        }
        catch
        {
            process.Dispose();
            log.Dispose();
            throw;
        }

        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new Child(name, process, log, logPath);
    }

    /// <summary>SIGKILL, or what Windows has for it: nothing of the child's gets to run any more.</summary>
    public async Task KillAsync()
    {
        // Kill does nothing to a process that has gone by itself.
        process.Kill();
        await process.WaitForExitAsync(CancellationToken.None);
    }

    public async Task<int> WaitForExitAsync(CancellationToken cancellationToken)
    {
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        process.Dispose();
        await log.DisposeAsync();
    }

    private static void Write(StreamWriter log, string? line)
    {
        if (line is null)
        {
            return;
        }

        // Output and errors arrive on two threads.
        lock (log)
        {
            log.WriteLine(line);
        }
    }
}
