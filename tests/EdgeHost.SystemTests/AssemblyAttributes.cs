using EdgeHost.SystemTests.Wikis;

// Processes are started, signalled and looked at as Linux has it.
[assembly: System.Runtime.Versioning.SupportedOSPlatform("linux")]

// Scenarios measure times and stop what others would use: one after the other.
[assembly: CollectionBehavior(CollectionBehavior.CollectionPerAssembly)]
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
[assembly: AssemblyFixture(typeof(ExportedWiki))]
