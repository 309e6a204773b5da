@echo off
rem SPDX-License-Identifier: GPL-2.0-or-later
rem
rem   uninstall.cmd [/quiet] [FOLDER-OF-PORTABLE-WIRESHARK]
rem
rem Removes what install.cmd has installed for you, for all versions of Wireshark. Of a
rem portable Wireshark, name the folder that has App and Data. /quiet never waits for a key.
setlocal

set "here=%~dp0"
set "self=%~f0"
set "named="
set "wait="
call :double_clicked
:option
if "%~1" == "" goto options_read
if /i "%~1" == "/quiet" (set "wait=") else set "named=%~f1"
shift /1
goto option
:options_read
call :uninstall
set "result=%errorlevel%"
if defined wait pause
exit /b %result%

rem double_clicked: as in install.cmd.
:double_clicked
setlocal enabledelayedexpansion
set "line=!cmdcmdline!"
set "rest=!line:%self%=!"
set "found="
if defined line if not "!rest!" == "!line!" set "found=1"
endlocal & set "wait=%found%"
exit /b 0

:uninstall
if not exist "%here%profile" (
    echo Unpack the whole archive first: right-click it, choose Extract All, and call uninstall.cmd in the new folder.
    exit /b 1
)
if defined named if exist "%named%\App\AppInfo\appinfo.ini" set "WIRESHARK_APPDATA=%named%\Data"
set "own=%APPDATA%\Wireshark"
if defined WIRESHARK_APPDATA set "own=%WIRESHARK_APPDATA%"
if defined WIRESHARK_CONFIG_DIR set "own=%WIRESHARK_CONFIG_DIR%"

set "failed="
set "plugins=%own%\plugins"
for /f "delims=" %%V in ('dir /b /ad "%plugins%" 2^>nul') do (
    call :take "%plugins%\%%V\epan\skypefed.dll"
    call :take "%plugins%\%%V\wiretap\skypefed-log.dll"
    rem Folders that are empty now; rmdir leaves others alone.
    rmdir "%plugins%\%%V\epan" 2>nul
    rmdir "%plugins%\%%V\wiretap" 2>nul
    rmdir "%plugins%\%%V" 2>nul
)
call :take "%own%\extcap\skypefed-log.exe"
rem What was changed in the profile since stays: a copy of the files as they were installed tells.
set "profile=%own%\profiles\SkypeFed"
if exist "%profile%\as-installed" call :take_unchanged "%profile%\as-installed"
call :take_unchanged "%here%profile"
if exist "%profile%" call :name_left
if exist "%profile%\as-installed" rmdir /s /q "%profile%\as-installed"
rmdir "%profile%" 2>nul
rmdir "%own%\profiles" 2>nul
rmdir "%own%\extcap" 2>nul
rmdir "%plugins%" 2>nul
rmdir "%own%" 2>nul
if defined failed exit /b 1
exit /b 0

rem take_unchanged FOLDER: deletes the files of the profile that are the same as those of the folder.
:take_unchanged
pushd %1
for %%F in (*) do if exist "%profile%\%%F" call :take_same "%%F" "%profile%\%%F"
popd
exit /b 0

:name_left
pushd "%profile%"
for %%F in (*) do echo Left, since it was changed: "%profile%\%%F"
popd
exit /b 0

rem take_same ORIGINAL FILE: deletes a file if it is as it was installed.
:take_same
"%SystemRoot%\System32\fc.exe" /b %1 %2 >nul 2>nul
if errorlevel 1 exit /b 0
call :take %2
exit /b 0

rem take FILE: deletes a file.
:take
if not exist %1 exit /b 0
del /q %1
if exist %1 (
    echo Cannot delete %1. Is Wireshark running?
    set "failed=1"
    exit /b 1
)
echo Removed: "%~1"
exit /b 0
