namespace LockFree.EndToEnd.Tests;

/// <summary>A test that compiles ahead of time, for which the SDK needs a linker that it does not bring along.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NativeLinkerFactAttribute : FactAttribute
{
    public NativeLinkerFactAttribute() => Skip = HasLinker() ? null
        : "Compiling ahead of time needs clang or gcc on the path; on Windows, Visual Studio with its C++ tools.";

    private static bool HasLinker() => OperatingSystem.IsWindows()
        ? File.Exists(Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.ProgramFilesX86), "Microsoft Visual Studio", "Installer", "vswhere.exe"))
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Any(folder => File.Exists(Path.Combine(folder, "clang")) || File.Exists(Path.Combine(folder, "gcc")));
}
