namespace LockFree.Hosting.JobService;

/// <summary>Tells the test what has happened, a line for each fact: out of the process before the call returns.</summary>
internal sealed class Facts
{
    private readonly TextWriter _output = TextWriter.Synchronized(new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true });

    public void Tell(string fact, string about) => _output.WriteLine($"{fact} {about}");
}
