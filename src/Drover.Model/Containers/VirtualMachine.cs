using Drover.Model.Kernel;

namespace Drover.Model.Containers;

/// <summary>A virtual machine in a container.</summary>
[Kind("virtualMachine", Family = "instance", Parent = "container", Lifecycle = "instance", Seen = typeof(ContainerSeen))]
[Action("logs", Input = "containerLogs", Output = "hostAccess", Roles = Roles.Everyone)]
[Inherited("build", "-")]
[Inherited("capAdd", "-", Options = ["ALL", "AUDIT_CONTROL", "AUDIT_WRITE", "BLOCK_SUSPEND", "CHOWN", "DAC_OVERRIDE", "DAC_READ_SEARCH", "FOWNER", "FSETID", "IPC_LOCK", "IPC_OWNER", "KILL", "LEASE", "LINUX_IMMUTABLE", "MAC_ADMIN", "MAC_OVERRIDE", "MKNOD", "NET_ADMIN", "NET_BIND_SERVICE", "NET_BROADCAST", "NET_RAW", "SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYSLOG", "SYS_ADMIN", "SYS_BOOT", "SYS_CHROOT", "SYS_MODULE", "SYS_NICE", "SYS_PACCT", "SYS_PTRACE", "SYS_RAWIO", "SYS_RESOURCE", "SYS_TIME", "SYS_TTY_CONFIG", "WAKE_ALARM"])]
[Inherited("capDrop", "-", Options = ["ALL", "AUDIT_CONTROL", "AUDIT_WRITE", "BLOCK_SUSPEND", "CHOWN", "DAC_OVERRIDE", "DAC_READ_SEARCH", "FOWNER", "FSETID", "IPC_LOCK", "IPC_OWNER", "KILL", "LEASE", "LINUX_IMMUTABLE", "MAC_ADMIN", "MAC_OVERRIDE", "MKNOD", "NET_ADMIN", "NET_BIND_SERVICE", "NET_BROADCAST", "NET_RAW", "SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYSLOG", "SYS_ADMIN", "SYS_BOOT", "SYS_CHROOT", "SYS_MODULE", "SYS_NICE", "SYS_PACCT", "SYS_PTRACE", "SYS_RAWIO", "SYS_RESOURCE", "SYS_TIME", "SYS_TTY_CONFIG", "WAKE_ALARM"])]
[Inherited("dataVolumeMounts", "-")]
[Inherited("dataVolumes", "-")]
[Inherited("dataVolumesFrom", "-")]
[Inherited("devices", "-")]
[Inherited("entryPoint", "-")]
[Inherited("environment", "-", NotNull = true)]
[Inherited("lxcConf", "-")]
[Inherited("memoryMb", "c", Default = "512", MaxLength = 255, Filter = true)]
[Inherited("networkContainerId", "-", MaxLength = 255, Filter = true)]
[Inherited("pidMode", "-", Type = "enum", Options = ["host"])]
[Inherited("privileged", "-", NotNull = true, Default = "false")]
[Inherited("publishAllPorts", "-", NotNull = true, Default = "false")]
[Inherited("readOnly", "-", NotNull = true, Default = "false")]
[Inherited("secrets", "-", NotNull = true)]
[Inherited("stdinOpen", "-", NotNull = true, Default = "false")]
[Inherited("tty", "-", NotNull = true, Default = "false")]
[Inherited("user", "-", MinLength = 1)]
[Inherited("userdata", "c", MaxLength = 65535, Filter = true)]
[Inherited("workingDir", "-", MinLength = 1)]
public sealed record VirtualMachine : Container
{
    [Field("-")]
    public EquatableArray<string> Capabilities { get; init; }

    [Field("c")]
    public EquatableArray<VirtualMachineDisk> Disks { get; init; }

    [Field("c", Default = "1")]
    public long? Vcpu { get; init; } = 1;
}
