namespace LockFree.Tests.Collections.Histories;

/// <summary>How the threads of a round are run, and the clock they share.</summary>
internal interface IExecution
{
    /// <summary>Before a round, on the thread that started the others.</summary>
    void Begin(int threads, int seed);

    /// <summary>Before a thread's first call.</summary>
    void Enter(int thread);

    /// <summary>After a thread's last call.</summary>
    void Leave();

    long Now();
}
