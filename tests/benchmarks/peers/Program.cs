using System.CommandLine;
using EdgeHost.Peers;

// What EdgeHost is measured beside: the same server and the same proxy with nothing around them.
var url = new Option<string>("--url") { Description = "Where it listens.", Required = true };
var origin = new Option<string>("--origin") { Description = "Where requests are forwarded to.", Required = true };
var file = new Option<FileInfo>("--file") { Description = "The page that answers every request.", Required = true };
var log = new Option<string?>("--log-directory") { Description = "Where the framework's own access log (W3C) is written; none without." };

var forward = new Command("forward", "Forwards each request by YARP's IHttpForwarder.") { url, origin, log };
forward.SetAction((result, cancel) => ForwardingPeer.RunAsync(result.GetValue(url)!, result.GetValue(origin)!, result.GetValue(log), cancel));
var page = new Command("page", "Answers each request with one page from memory, by Kestrel alone.") { url, file };
page.SetAction((result, cancel) => PagePeer.RunAsync(result.GetValue(url)!, result.GetValue(file)!, cancel));
return await new RootCommand("Peers for benchmarks of EdgeHost.") { forward, page }.Parse(args).InvokeAsync();
